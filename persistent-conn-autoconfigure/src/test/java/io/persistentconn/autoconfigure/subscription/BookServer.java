package io.persistentconn.autoconfigure.subscription;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A {@link BookService} in a process of its own, which can be killed.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(BookService.class)
class BookServer {

	BookServer(BookService service, @Value("${book.total}") long total) {
		service.change(total);
	}

	/** Runs with a port, and the number that the book begins with. */
	public static void main(String[] args) {
		SpringApplication.run(BookServer.class, "--book.total=" + args[1],
				"--persistent-conn.servers.quotes.protocol=rpc", "--persistent-conn.servers.quotes.port=" + args[0],
				"--spring.main.web-application-type=none");
		System.out.println("listening");
	}

}
