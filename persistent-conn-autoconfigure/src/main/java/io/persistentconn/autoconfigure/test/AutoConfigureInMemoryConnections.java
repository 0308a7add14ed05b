package io.persistentconn.autoconfigure.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Lets the connections and servers of a test's application context meet in memory, with
 * no port opened and no name looked up, so that tests may run beside each other:
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;AutoConfigureInMemoryConnections
 * class QuotesTests {
 * }</pre>
 * <p>
 * <strong>A connection reaches the server of the same name</strong>, whatever its {@code
 * addresses} say: the entry {@code persistent-conn.connections.quotes} leads to {@code
 * persistent-conn.servers.quotes} of the same context. If the application has only one of
 * them, the test defines the other, with the same {@code protocol}: a server with {@code
 * persistent-conn.servers.quotes.port=0} and beans that stand in for the real services,
 * or a connection, which needs no address here. A connection without a server fails the
 * start of the context, unless its {@code auto-start} is {@code false}.
 * <p>
 * All above the sockets is as in production: protocol, handshake, heartbeats, codecs,
 * pushback, health, meters and events, for {@code protocol: rpc} and {@code tcp}. Servers
 * start before connections, and the context has started when every connection has been
 * tried once, so that tests need not wait for them. {@code netty.transport}, {@code
 * keep-alive}, {@code user-timeout}, {@code backlog} and {@code reuse-address} mean
 * nothing.
 * <p>
 * To take a server away and bring it back, a test calls
 * {@link io.persistentconn.tcp.TcpServer#stop stop(CloseExisting.YES)} and
 * {@link io.persistentconn.tcp.TcpServer#start start()} on
 * {@link io.persistentconn.autoconfigure.server.TcpServers#get TcpServers.get(name)}; to
 * break a connection, it closes the
 * {@linkplain io.persistentconn.connection.PersistentConnection#currentConnection()
 * current} one. A short {@code retry-delay} and {@code resubscribe-delay} in the
 * properties of the test let it recover soon.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureInMemoryConnections {

}
