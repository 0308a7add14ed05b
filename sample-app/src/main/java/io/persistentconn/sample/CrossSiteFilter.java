package io.persistentconn.sample;

import java.io.IOException;
import java.net.URI;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what the pages of other sites would have a browser do here. A browser says
 * where a request comes from; what says nothing, such as curl, is no browser.
 */
@Component
class CrossSiteFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (changesSomething(request) && isCrossSite(request)) {
			response.sendError(HttpStatus.FORBIDDEN.value(), "The page of another site may not do this");
			return;
		}
		chain.doFilter(request, response);
	}

	private static boolean changesSomething(HttpServletRequest request) {
		return switch (request.getMethod()) {
			case "GET", "HEAD", "OPTIONS" -> false;
			default -> true;
		};
	}

	private static boolean isCrossSite(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null) {
			return !site.equals("same-origin") && !site.equals("none");
		}
		// Browsers send that header to HTTPS and localhost only, but Origin everywhere.
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin != null && !isSameHost(origin, request.getHeader(HttpHeaders.HOST));
	}

	private static boolean isSameHost(String origin, @Nullable String host) {
		try {
			return host != null && host.equals(URI.create(origin).getRawAuthority());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
