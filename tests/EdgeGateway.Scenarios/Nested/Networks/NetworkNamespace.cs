using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>A network namespace on this machine (ip-netns(8)) with interfaces, routes and ports of its own. It forwards nothing.</summary>
/// <remarks>Its name holds the process that made it, so that a later run finds what a killed one left behind.</remarks>
internal sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const string Prefix = "edgegateway-";
    private const string HostsRoot = "/etc/netns";
    private const int SigKill = 9;
    private const int NewNetwork = 0x4000_0000; // CLONE_NEWNET

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>Words in front of a command that make it run in here, with the names of <see cref="WriteHosts"/>.</summary>
    public IReadOnlyList<string> Exec => [IpTool.Name, "netns", "exec", Name];

    public static async Task<NetworkNamespace> CreateAsync(string role)
    {
        var made = new NetworkNamespace(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{role}"));
        await IpTool.RunAsync("netns", "add", made.Name);
        await made.IpAsync("link", "set", "lo", "up");
        return made;
    }

    /// <summary>Ends what killed runs have left: namespaces of this prefix whose maker is gone, and the processes in them.</summary>
    public static async Task RemoveLeftoversAsync()
    {
        foreach (var line in (await IpTool.RunAsync("netns", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = line.Split(' ')[0];
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && !Directory.Exists($"/proc/{name.Split('-')[1]}"))
            {
                await using var left = new NetworkNamespace(name);
                foreach (var pid in (await IpTool.RunAsync("netns", "pids", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    // one that ends by itself meanwhile is as good
                    _ = Kill(int.Parse(pid, CultureInfo.InvariantCulture), SigKill);
                }
            }
        }
    }

    /// <summary>Runs <c>ip</c> on this namespace.</summary>
    public Task<string> IpAsync(params string[] arguments) => IpTool.RunAsync(["-n", Name, .. arguments]);

    /// <summary>Names that processes in here know, instead of those of the machine.</summary>
    public void WriteHosts(params (IPAddress Address, string Name)[] names)
    {
        var folder = Directory.CreateDirectory(Path.Combine(HostsRoot, Name)).FullName;
        File.WriteAllLines(
            Path.Combine(folder, "hosts"), names.Prepend((IPAddress.Loopback, "localhost")).Select(entry => $"{entry.Item1} {entry.Item2}"));
    }

    /// <summary>Makes a socket of this namespace, which the calling process can use as any other.</summary>
    /// <remarks>A socket belongs for good to the namespace of the thread that makes it (setns(2)); so a thread of its own goes there and ends.</remarks>
    public Socket CreateSocket()
    {
        Socket? socket = null;
        Exception? problem = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{Name}");
                if (SetNamespace((int)handle.DangerousGetHandle(), NewNetwork) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError(), $"setns to {Name}");
                }

                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            }
            catch (Exception e)
            {
                problem = e;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException($"no socket could be made in {Name}", problem);
    }

    /// <summary>Makes a socket of this namespace that is bound to an address, for a server to listen on.</summary>
    public Socket Bind(IPEndPoint address)
    {
        var socket = CreateSocket();
        socket.Bind(address);
        return socket;
    }

    /// <summary>Removes it; its links go with it. Processes in it have to be ended first.</summary>
    public async ValueTask DisposeAsync()
    {
        await IpTool.RunAsync("netns", "delete", Name);
        var hosts = Path.Combine(HostsRoot, Name);
        if (Directory.Exists(hosts))
        {
            Directory.Delete(hosts, recursive: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
