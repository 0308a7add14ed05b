package io.persistentconn.autoconfigure.server;

import java.net.SocketAddress;

import io.persistentconn.tcp.TcpHandler;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * An application that is nothing but a TCP server: "exit" ends it, all else is sent back.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StandaloneApplication {

	static final String PORT = "PORT ";

	static final String MAIN_RETURNS = "MAIN RETURNS";

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(StandaloneApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(args);
		System.out.println(MAIN_RETURNS);
	}

	@Bean
	TcpHandler<SocketAddress> handler(ConfigurableApplicationContext context) {
		return (client, reader, writer) -> reader.forEachLine((line) -> {
			if (line.equals("exit")) {
				new Thread(context::close).start();
			}
			writer.write(line + "\n");
			return writer.flushed();
		});
	}

	@Bean
	ApplicationRunner tellsPort(Environment environment) {
		return (arguments) -> System.out.println(PORT + environment.getProperty("local.persistent-conn.lines.port"));
	}

}
