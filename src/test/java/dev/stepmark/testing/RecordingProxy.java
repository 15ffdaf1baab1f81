package dev.stepmark.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between a client and the server on the loopback address and notes the text of every statement that the client
 * sends: Query and Parse messages of the frontend/backend protocol (PostgreSQL documentation, chapter 55).
 */
public final class RecordingProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int serverPort;
    private final List<String> statements = new ArrayList<>();

    public RecordingProxy(int serverPort) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.serverPort = serverPort;
        daemon("accept", this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Texts in the order in which they were sent. */
    public List<String> statements() {
        synchronized (statements) {
            return List.copyOf(statements);
        }
    }

    private void accept() throws IOException {
        while (!socket.isClosed()) {
            Socket client = socket.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            daemon("to server", () -> {
                try (client; server) {
                    forward(new DataInputStream(client.getInputStream()), server.getOutputStream());
                }
            });
            daemon("to client", () -> {
                try (client; server) {
                    copy(server.getInputStream(), client.getOutputStream());
                }
            });
        }
    }

    /** The first message has no type byte; all others have one, then their length with itself counted. */
    private void forward(DataInputStream in, OutputStream out) throws IOException {
        boolean started = false;
        while (true) {
            int type = started ? in.read() : 0;
            if (type < 0) {
                return;
            }
            int length = in.readInt();
            byte[] body = new byte[length - 4];
            in.readFully(body);
            note(type, body);
            if (started) {
                out.write(type);
            }
            out.write(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8),
                (byte) length});
            out.write(body);
            out.flush();
            // requests for TLS or GSS are answered by one byte, and the real start message follows
            started |= !(body.length >= 4 && body[0] == 0x04 && body[1] == (byte) 0xd2);
        }
    }

    private void note(int type, byte[] body) {
        int begin = 0;
        if (type == 'P') {
            while (body[begin] != 0) {
                begin++;
            }
            begin++;
        } else if (type != 'Q') {
            return;
        }
        int end = begin;
        while (body[end] != 0) {
            end++;
        }
        synchronized (statements) {
            statements.add(new String(body, begin, end - begin, StandardCharsets.UTF_8));
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }

    private interface Job {
        void run() throws IOException;
    }

    private static void daemon(String name, Job job) {
        Thread thread = new Thread(() -> {
            try {
                job.run();
            } catch (EOFException e) {
                // the client is gone: this is how every connection ends
            } catch (IOException e) {
                // one side hung up while the other was writing
            }
        }, "proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
