using System.Net;
using System.Net.Sockets;
using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin;

/// <summary>Configures what an origin serves, and where it listens.</summary>
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

    /// <summary>Gets whether a PUT stores a file in the root. Every client that reaches the port may do so.</summary>
    /// <value>Default false.</value>
    public bool Uploads { get; init; }

    /// <summary>Fault of every request that does not ask for another one.</summary>
    /// <value>Default: none.</value>
    public Fault Fault { get; init; } = Fault.None;

    /// <summary>Makes the bound socket to listen on, such as one of another network namespace.</summary>
    /// <value>Default: none, an ordinary socket.</value>
    public Func<IPEndPoint, Socket>? Bind { get; init; }
}
