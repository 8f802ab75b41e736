import socket
import threading


def echo(words):
    """Each word as a server of our own sends it back: TCP on 127.0.0.1, one thread."""
    # <answer>
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            line, _ = server.accept()
            with line, line.makefile("rwb") as file:
                for word in file:
                    file.write(word.upper())
                    file.flush()

        threading.Thread(target=serve, daemon=True).start()
        with socket.create_connection(server.getsockname()) as line, line.makefile("rwb") as file:
            back = []
            for word in words:
                file.write(word.encode() + b"\n")
                file.flush()
                back.append(file.readline().decode().strip())
            return back
    # </answer>
