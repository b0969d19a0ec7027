/* Sockets as their owners use them: the slots, with the cases "absent" and "not open" settled. */
#include "host/net.h"

bool host_socket_open(struct host *host, struct value parameters, struct host_socket *socket)
{
	assert(!socket->host && "the socket is open already");
	if (!HOST_HAS(host, net, socket_open)) {
		return false;
	}
	socket->host = host;
	socket->operation = NULL;
	host->net->socket_open(host, parameters, socket);
	return true;
}

bool host_socket_send(struct host_socket *socket, bool is_text, struct host_bytes *bytes)
{
	return socket->host && socket->host->net->socket_send(socket, is_text, bytes);
}

void host_socket_close(struct host_socket *socket, int code, struct str reason)
{
	if (socket->host) {
		socket->host->net->socket_close(socket, code, reason);
	}
}

void host_socket_drop(struct host_socket *socket)
{
	if (socket->host) {
		socket->host->net->socket_drop(socket);
		socket->host = NULL;
		socket->operation = NULL;
	}
}
