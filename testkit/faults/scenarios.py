"""What the client does while faults are injected, and what it must see."""

from client import Client, Wrong


def nothing_is_noticed(port, _bystander):
    """Several connections, several messages each: every answer is right."""
    clients = [Client(port) for _ in range(5)]
    for number in range(20):
        for index, client in enumerate(clients):
            client.echo(b"message %d of client %d" % (number, index))
    for client in clients:
        client.close()


def breaks(client, messages):
    try:
        for number in range(messages):
            client.echo(b"message %d of one that may break" % number)
    except ConnectionError:
        return True
    return False


def one_breaks(port, bystander):
    """One connection ends; the others, and a new one, do not notice."""
    # Busy polling asks every connection all the time, so it may be either that is hit.
    with Client(port) as other:
        broken = [breaks(other, 20), breaks(bystander, 1)]
    if sum(broken) != 1:
        raise Wrong(f"the fault broke {sum(broken)} connections; expected one")
    with Client(port) as fresh:
        fresh.echo(b"new")


def two_bytes_are_taken(port, _bystander):
    """
    The injected call reports two bytes sent and has sent none: exactly those two are missing,
    and everything after them comes in order.
    """
    with Client(port) as client:
        client.echo(b"0123456789", expected=b"23456789")
        for number in range(20):
            client.echo(b"message %d after it" % number)


def one_is_refused(port, bystander):
    """A connection that cannot be watched is closed; the next one is served."""
    with Client(port) as victim:
        if not breaks(victim, 1):
            raise Wrong("the fault broke no connection")
    bystander.echo(b"undisturbed")
    nothing_is_noticed(port, bystander)
