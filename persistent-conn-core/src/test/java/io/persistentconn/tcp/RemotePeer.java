package io.persistentconn.tcp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A process with the JDK alone, on the machine that is going to vanish: accepts
 * connections, and connects to each given address. Swallows what it receives.
 */
final class RemotePeer {

	private RemotePeer() {
	}

	/**
	 * Runs until killed. Prints the port that it listens on, and a line when it is
	 * connected to all addresses.
	 * @param args a number of {@code host:port}
	 */
	public static void main(String[] args) throws IOException {
		ServerSocket listener = new ServerSocket(0);
		System.out.println(listener.getLocalPort());
		List<Socket> sockets = new ArrayList<>();
		for (String address : args) {
			int colon = address.lastIndexOf(':');
			Socket socket = new Socket();
			socket.connect(
					new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
			swallow(socket);
			sockets.add(socket);
		}
		System.out.println("connected " + sockets.size());
		while (true) {
			swallow(listener.accept());
		}
	}

	private static void swallow(Socket socket) {
		Thread thread = new Thread(() -> {
			try {
				socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
			}
			catch (IOException ex) {
				// Reset by the other end, when it gave up.
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

}
