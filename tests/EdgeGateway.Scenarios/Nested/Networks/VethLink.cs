using System.Globalization;
using System.Net;
using System.Text.Json;

namespace EdgeGateway.Scenarios.Nested.Networks;

/// <summary>A cable between two adjacent namespaces (a veth pair). It can be cut, and it counts the downstream bytes.</summary>
internal sealed class VethLink
{
    private const int PrefixLength = 30;

    private readonly NetworkNamespace _upper;
    private readonly NetworkNamespace _lower;
    private readonly string _name;

    private VethLink(string name, NetworkNamespace upper, NetworkNamespace lower, IPAddress upperAddress, IPAddress lowerAddress) =>
        (_name, _upper, _lower, UpperAddress, LowerAddress) = (name, upper, lower, upperAddress, lowerAddress);

    public IPAddress UpperAddress { get; }

    public IPAddress LowerAddress { get; }

    /// <param name="name">Name of the interface on both sides, at most 15 letters; unique in each namespace.</param>
    /// <param name="upper">The side towards the cloud.</param>
    /// <param name="lower">The side towards the microcontrollers.</param>
    /// <param name="number">Of the 8192 small networks of 198.18.128.0/17, which RFC 2544 keeps for tests, the one to use.</param>
    public static async Task<VethLink> CreateAsync(string name, NetworkNamespace upper, NetworkNamespace lower, int number)
    {
        var link = new VethLink(name, upper, lower, Address(number, 1), Address(number, 2));
        await upper.IpAsync("link", "add", name, "type", "veth", "peer", "name", name, "netns", lower.Name);
        await upper.IpAsync("address", "add", $"{link.UpperAddress}/{PrefixLength}", "dev", name);
        await lower.IpAsync("address", "add", $"{link.LowerAddress}/{PrefixLength}", "dev", name);
        await upper.IpAsync("link", "set", name, "up");
        await lower.IpAsync("link", "set", name, "up");
        return link;
    }

    /// <summary>Nothing passes any more.</summary>
    /// <param name="silently">True: packets vanish without a sign to the lower side. False: its interface is down, which it sees at once.</param>
    public Task CutAsync(bool silently = true) => (silently ? _upper : _lower).IpAsync("link", "set", _name, "down");

    /// <summary>Joins it again, however it was cut.</summary>
    public async Task JoinAsync()
    {
        await _upper.IpAsync("link", "set", _name, "up");
        await _lower.IpAsync("link", "set", _name, "up");
    }

    /// <summary>Bytes that came down so far, with all headers, as the interface of the lower side counts them.</summary>
    public async Task<long> BytesDownAsync()
    {
        using var answer = JsonDocument.Parse(await _lower.IpAsync("-s", "-j", "link", "show", "dev", _name));
        return answer.RootElement[0].GetProperty("stats64").GetProperty("rx").GetProperty("bytes").GetInt64();
    }

    public override string ToString() => _name;

    private static IPAddress Address(int number, int side)
    {
        var last = number * 4 + side;
        return IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"198.18.{128 + last / 256}.{last % 256}"));
    }
}
