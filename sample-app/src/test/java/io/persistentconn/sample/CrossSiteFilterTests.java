package io.persistentconn.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class CrossSiteFilterTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/cut");

	@ParameterizedTest
	@CsvSource({ "same-origin, true", "none, true", "same-site, false", "cross-site, false" })
	void believesTheBrowserThatTellsTheSite(String site, boolean allowed) throws Exception {
		this.request.addHeader("Sec-Fetch-Site", site);
		assertThat(isAllowed()).isEqualTo(allowed);
	}

	@ParameterizedTest
	@CsvSource({ "http://fleet.example:8080, true", "http://fleet.example, false", "http://evil.example:8080, false",
			"null, false", "'::not a uri::', false" })
	void comparesOriginAndHostOtherwise(String origin, boolean allowed) throws Exception {
		this.request.addHeader("Host", "fleet.example:8080");
		this.request.addHeader("Origin", origin);
		assertThat(isAllowed()).isEqualTo(allowed);
	}

	@Test
	void letsCurlPass() throws Exception {
		assertThat(isAllowed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "OPTIONS" })
	void letsEverybodyLook(String method) throws Exception {
		this.request.setMethod(method);
		this.request.addHeader("Sec-Fetch-Site", "cross-site");
		assertThat(isAllowed()).isTrue();
	}

	private boolean isAllowed() throws Exception {
		MockFilterChain chain = new MockFilterChain();
		MockHttpServletResponse response = new MockHttpServletResponse();
		new CrossSiteFilter().doFilter(this.request, response, chain);
		assertThat(response.getStatus()).isEqualTo((chain.getRequest() != null) ? 200 : 403);
		return chain.getRequest() != null;
	}

}
