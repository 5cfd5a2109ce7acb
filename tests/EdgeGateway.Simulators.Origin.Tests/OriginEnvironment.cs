using EdgeGateway.Simulators.Origin.Faults;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Origin.Tests;

/// <summary>An origin with one file, and a client of it.</summary>
internal sealed class OriginEnvironment : IAsyncDisposable
{
    public const string Name = "firmware.bin";
    private readonly TempFolder _folder = new();

    private OriginEnvironment(byte[] content) => Content = content;

    public byte[] Content { get; }

    public OriginServer Server { get; private set; } = null!;

    public HttpClient Client { get; } = new() { Timeout = TestLimits.Wait };

    public static async Task<OriginEnvironment> StartAsync(int size = 200_000, TimeProvider? time = null, Fault? fault = null)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        var environment = new OriginEnvironment(content);
        await File.WriteAllBytesAsync(environment._folder.File(Name), content);
        var options = new OriginOptions { Root = environment._folder.Path, Fault = fault ?? Fault.None };
        environment.Server = await OriginServer.StartAsync(options, time);
        environment.Client.BaseAddress = environment.Server.Url;
        return environment;
    }

    /// <summary>Reads a body until it ends or breaks.</summary>
    public async Task<(byte[] Bytes, bool Broken)> DownloadAsync(string query = "", long from = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Name + query);
        if (from > 0)
        {
            request.Headers.Range = new(from, null);
        }

        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var received = new MemoryStream();
        try
        {
            await (await response.Content.ReadAsStreamAsync()).CopyToAsync(received);
            return (received.ToArray(), false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (received.ToArray(), true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
