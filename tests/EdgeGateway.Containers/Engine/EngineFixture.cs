using System.Runtime.InteropServices;

namespace EdgeGateway.Containers.Engine;

/// <summary>One engine and one build of the images for all tests.</summary>
public sealed class EngineFixture : IAsyncLifetime, IAsyncDisposable
{
    private readonly string _tag = Guid.NewGuid().ToString("N")[..8];
    private readonly List<string> _built = [];
    private PrivateEngine? _private;
    private EngineClient? _client;

    /// <summary>Suffix of the Dockerfiles for this machine.</summary>
    public static string Architecture => RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64v8" : "amd64";

    public EngineClient Client => _client ?? throw new InvalidOperationException("there is no engine; tests that need one are [ContainerFact]s");

    public async Task InitializeAsync()
    {
        if (EngineChoice.Current.Missing is not null)
        {
            return;
        }

        var socket = EngineChoice.Current.Socket;
        if (socket is null)
        {
            _private = new PrivateEngine();
            await _private.StartAsync();
            socket = _private.Socket;
            await BaseImages.MakeAsync("unix://" + socket);
        }

        _client = new EngineClient(socket);
        foreach (var image in ModuleImage.All)
        {
            await BuildAsync(image, Architecture); // each keeps all cores busy
        }
    }

    /// <summary>Name of an image of this run.</summary>
    public string NameOf(ModuleImage image) => $"edgegateway-test/{image.Name}:{_tag}";

    /// <summary>Removes an image at the end that something else builds.</summary>
    public void RemoveAtTheEnd(string image)
    {
        lock (_built)
        {
            _built.Add(image);
        }
    }

    /// <summary>Builds the image as its Dockerfile says.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> BuildAsync(ModuleImage image, string architecture)
    {
        var name = architecture == Architecture ? NameOf(image) : $"{NameOf(image)}-{architecture}";
        var file = Path.Combine(Repository.Top, image.Folder, $"Dockerfile.{architecture}");
        await Command.RunAsync(Client.Host, "docker", "build", "--file", file, "--tag", name, Repository.Top);
        RemoveAtTheEnd(name);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        if (_private is null)
        {
            foreach (var name in _built.Distinct())
            {
                await Client.DeleteAsync($"images/{name}?force=true");
            }
        }

        _client?.Dispose();
        if (_private is not null)
        {
            await _private.DisposeAsync();
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
