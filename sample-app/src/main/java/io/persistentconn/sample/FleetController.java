package io.persistentconn.sample;

import reactor.core.publisher.Flux;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What the page shows, and what its buttons do.
 */
@RestController
@RequestMapping("/api")
class FleetController {

	private final Fleet fleet;

	private final Browsers browsers;

	FleetController(Fleet fleet, Browsers browsers) {
		this.fleet = fleet;
		this.browsers = browsers;
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<?>> stream() {
		return this.browsers.join(this.fleet::snapshot);
	}

	@PostMapping("/cut")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cut(@RequestParam String node) {
		Node target = this.fleet.node(node);
		this.fleet.onAction(node, "You cut the connection");
		target.cut();
	}

	@PostMapping("/retry")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void retry(@RequestParam String node) {
		Node target = this.fleet.node(node);
		this.fleet.onAction(node, "You asked for an attempt at once");
		target.retryNow();
	}

	@PostMapping("/log")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void log(@RequestParam String node, @RequestParam String text) {
		if (text.isBlank() || text.length() > LogLine.MAX_LENGTH) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"text: " + text.length() + " characters (expected: 1 to " + LogLine.MAX_LENGTH + ", not blank)");
		}
		this.fleet.log(node, text);
	}

	@PostMapping("/accepting")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void accepting(@RequestParam boolean value) {
		this.fleet.server().setDropIncomingConnections(!value);
		this.fleet.onAction(this.fleet.server().name(), value ? "You resumed accepting" : "You paused accepting");
	}

}
