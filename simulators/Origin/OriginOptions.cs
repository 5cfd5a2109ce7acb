using System.Net;
using System.Net.Sockets;
using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin;

/// <summary>What an origin serves, and where.</summary>
public sealed class OriginOptions
{
    /// <summary>Folder of the files.</summary>
    public required string Root { get; init; }

    /// <summary>Address to listen on.</summary>
    /// <value>Default: 127.0.0.1.</value>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port.</summary>
    /// <value>0 (any free) to 65535; default 0.</value>
    public int Port { get; init; }

    /// <summary>Whether a PUT stores a file in the root. Whoever reaches the port may do it then.</summary>
    /// <value>Default false.</value>
    public bool Uploads { get; init; }

    /// <summary>Fault of every request that does not ask for another one.</summary>
    /// <value>Default: none.</value>
    public Fault Fault { get; init; } = Fault.None;

    /// <summary>Makes the bound socket to listen on, such as one of another network namespace.</summary>
    /// <value>Default: none, an ordinary socket.</value>
    public Func<IPEndPoint, Socket>? Bind { get; init; }
}
