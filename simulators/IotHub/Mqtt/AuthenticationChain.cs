using EdgeGateway.Simulators.IotHub.Registry;

namespace EdgeGateway.Simulators.IotHub.Mqtt;

/// <summary>
/// An authentication chain, <c>leaf;edge;edge above;...</c>: each identity is directly below the next one, and the last one, the actor, gives its own token.
/// </summary>
/// <param name="Client">The identity of the session.</param>
/// <param name="Edges">Ids of the edge devices between, from the client on; the last one is the actor.</param>
internal sealed record AuthenticationChain(IdentityName Client, IReadOnlyList<string> Edges)
{
    /// <summary>Gets the id of the edge device whose token is checked.</summary>
    public string Actor => Edges[^1];

    /// <summary>Reads the parameter <c>auth-chain</c> of a user name.</summary>
    /// <exception cref="FormatException">The text is no chain, or the chain of another client.</exception>
    public static AuthenticationChain Parse(string text, IdentityName client)
    {
        var links = text.Split(';');
        if (links.Length < 2 || links.Any(l => l.Length == 0) || links[0] != client.ToString())
        {
            throw new FormatException($"the auth-chain is '{text}'; it must be '{client}' and the edge devices above it, joined by ';'");
        }

        return new AuthenticationChain(client, links[1..]);
    }

    /// <summary>Finds the chain of a client up to an edge device; null where the client is not below it.</summary>
    public static AuthenticationChain? Of(IdentityName client, string actor, DeviceScopes scopes)
    {
        var edges = new List<string>();
        var above = scopes.Above(client).Select(e => e.Name.DeviceId);
        foreach (var edge in client.ModuleId is null ? above : above.Prepend(client.DeviceId))
        {
            edges.Add(edge);
            if (edge == actor)
            {
                return new AuthenticationChain(client, edges);
            }
        }

        return null;
    }

    /// <summary>Compares the chain with the device scopes.</summary>
    /// <returns>Null where they match; else the difference.</returns>
    public string? WhyWrong(DeviceScopes scopes)
    {
        var real = Of(Client, Actor, scopes);
        return real is null ? $"'{Client}' is not below edge device '{Actor}'"
            : real.Edges.SequenceEqual(Edges) ? null
            : $"the auth-chain is '{this}', by the scopes it is '{real}'";
    }

    public override string ToString() => string.Join(';', Edges.Prepend(Client.ToString()));
}
