namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>A fault of real releases that clients have to live with.</summary>
public enum Quirk
{
    None,

    /// <summary>A CONNECT that arrives together with the last flight of the TLS handshake is lost (edgeHub 1.6.0 and 1.6.1).</summary>
    LostConnect,
}
