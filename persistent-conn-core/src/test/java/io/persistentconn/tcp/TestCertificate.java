package io.persistentconn.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/**
 * A self-signed certificate, made by the JDK's keytool, and the TLS contexts of a server
 * that has it and a client that trusts it.
 */
final class TestCertificate {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final KeyStore keyStore;

	private TestCertificate(KeyStore keyStore) {
		this.keyStore = keyStore;
	}

	/**
	 * Makes a certificate.
	 * @param names such as {@code dns:localhost,ip:127.0.0.1}
	 */
	static TestCertificate create(Path directory, String names)
			throws IOException, InterruptedException, GeneralSecurityException {
		Path file = directory.resolve("certificate.p12");
		Files.deleteIfExists(file);
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "test", "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=" + names,
				"-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore", file.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		if (keytool.waitFor() != 0) {
			throw new IOException("keytool failed with status " + keytool.exitValue());
		}
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			keyStore.load(stream, PASSWORD);
		}
		return new TestCertificate(keyStore);
	}

	/** For a server of the JDK. */
	SSLContext forJdkServer() throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keyManagers().getKeyManagers(), null, null);
		return context;
	}

	/** For a server of Netty's. */
	SslContext forServer() throws GeneralSecurityException, IOException {
		return SslContextBuilder.forServer(keyManagers()).build();
	}

	/** For a client that trusts this certificate and no other. */
	SslContextBuilder forClient() throws GeneralSecurityException, IOException {
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("test", this.keyStore.getCertificate("test"));
		trust.init(trusted);
		return SslContextBuilder.forClient().trustManager(trust);
	}

	private KeyManagerFactory keyManagers() throws GeneralSecurityException {
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(this.keyStore, PASSWORD);
		return factory;
	}

}
