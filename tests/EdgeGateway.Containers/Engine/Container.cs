using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeGateway.Containers.Engine;

/// <summary>A container, and what can be done to it.</summary>
internal sealed class Container
{
    private const int User = 1654;
    private const int Group = 20;
    private const int LogHeader = 8;
    private readonly EngineClient _engine;
    private readonly string _path;

    private Container(EngineClient engine, string name, string id)
    {
        _engine = engine;
        Name = name;
        _path = "containers/" + id;
    }

    public string Name { get; }

    public static async Task<Container> CreateAsync(EngineClient engine, ContainerSpec spec) =>
        new(engine, spec.Name, await engine.CreateAsync("containers/create", spec.ToBody()));

    public Task StartAsync() => _engine.PostAsync($"{_path}/start");

    /// <summary>SIGTERM, and after 10 s SIGKILL, as Docker and IoT Edge stop a container.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await _engine.PostAsync($"{_path}/stop?t=10");
        return (int)(await InspectAsync())["State"]!["ExitCode"]!;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await _engine.PostAsync($"{_path}/kill");
        await Poll.UntilAsync(InspectAsync, state => !(bool)state["State"]!["Running"]!, $"{Name} is gone");
    }

    public Task PauseAsync() => _engine.PostAsync($"{_path}/pause");

    public Task UnpauseAsync() => _engine.PostAsync($"{_path}/unpause");

    public Task<JsonNode> InspectAsync() => _engine.GetAsync($"{_path}/json");

    /// <summary>User and group of each of its processes, as the host sees them.</summary>
    public async Task<IReadOnlyList<string>> OwnersAsync()
    {
        var top = await _engine.GetAsync($"{_path}/top?ps_args=-o%20pid,uid,gid");
        return [.. top["Processes"]!.AsArray().Select(process => $"{process![1]}:{process[2]}")];
    }

    /// <summary>The port on the loopback interface that a port of the container is published at.</summary>
    public async Task<int> PublishedAsync(int port) =>
        int.Parse((string)(await InspectAsync())["NetworkSettings"]!["Ports"]![$"{port}/tcp"]![0]!["HostPort"]!, null);

    /// <summary>Everything it has said so far.</summary>
    public async Task<string> LogAsync()
    {
        // frames: stream, three zeros, length of the text
        var frames = (await _engine.DownloadAsync($"{_path}/logs?stdout=1&stderr=1")).AsMemory();
        var text = new StringBuilder();
        while (frames.Length > LogHeader)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(frames.Span[4..]);
            text.Append(Encoding.UTF8.GetString(frames.Span.Slice(LogHeader, length)));
            frames = frames[(LogHeader + length)..];
        }

        return text.ToString();
    }

    /// <summary>Puts a file into a folder of a volume, readable by the container's user only.</summary>
    public async Task PutFileAsync(string folder, string name, byte[] content)
    {
        using var archive = new MemoryStream();
        await using (var tar = new TarWriter(archive, leaveOpen: true))
        {
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                Uid = User,
                Gid = Group,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                DataStream = new MemoryStream(content),
            });
        }

        archive.Position = 0;
        await _engine.UploadAsync($"{_path}/archive?path={folder}", archive);
    }

    public Task PutFileAsync(string folder, string name, string content) => PutFileAsync(folder, name, Encoding.UTF8.GetBytes(content));

    /// <summary>Content of a file.</summary>
    public async Task<string> ReadFileAsync(string path)
    {
        using var archive = new MemoryStream(await _engine.DownloadAsync($"{_path}/archive?path={path}"));
        using var tar = new TarReader(archive);
        using var reader = new StreamReader((await tar.GetNextEntryAsync())!.DataStream!);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Removes it with its volumes, running or not.</summary>
    public Task RemoveAsync() => _engine.DeleteAsync($"{_path}?force=true&v=true");
}
