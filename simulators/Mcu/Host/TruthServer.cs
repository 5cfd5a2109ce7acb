using System.Net;
using System.Text.Json;

namespace EdgeGateway.Simulators.Mcu.Host;

/// <summary>
/// Serves the real state of a whole fleet as one JSON document over HTTP, where its state folder cannot be seen: from outside a container. Every
/// path answers with the document.
/// </summary>
public sealed class TruthServer : IDisposable
{
    private readonly McuFleet _fleet;
    private readonly FleetOptions _options;
    private readonly HttpListener _listener = new();

    /// <param name="fleet">Whose truth it is.</param>
    /// <param name="options">What the fleet was made of.</param>
    /// <param name="endpoint">Where to listen; address 0.0.0.0 is every one.</param>
    /// <exception cref="IOException">It is taken.</exception>
    public TruthServer(McuFleet fleet, FleetOptions options, IPEndPoint endpoint)
    {
        (_fleet, _options) = (fleet, options);
        var host = endpoint.Address.Equals(IPAddress.Any) ? "*" : endpoint.Address.ToString();
        _listener.Prefixes.Add($"http://{host}:{endpoint.Port}/");
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException e)
        {
            throw new IOException($"The truth cannot be served at {endpoint}: {e.Message}", e);
        }
    }

    /// <summary>Answers until it is disposed of.</summary>
    public async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer((await _listener.GetContextAsync()).Response);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // the client has left, or this has ended
            }
        }
    }

    public void Dispose() => _listener.Close();

    private void Answer(HttpListenerResponse response)
    {
        var document = new
        {
            _options.Line.Baud,
            _options.McusPerLine,
            Mcus = _fleet.Lines.SelectMany(line => line.Mcus).Select(mcu => StateDocument.Of(_fleet.Inspect(mcu.Id))),
        };
        response.ContentType = "application/json";
        response.Close(JsonSerializer.SerializeToUtf8Bytes(document, StateDocument.Json), willBlock: false);
    }
}
