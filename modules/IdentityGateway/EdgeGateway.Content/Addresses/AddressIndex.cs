using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeGateway.Content.Cache;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeGateway.Content.Addresses;

/// <summary>Remembers which content each address holds, with a bounded number of records on disk.</summary>
/// <remarks>Thread-safe; takes no other lock. A record that cannot be written costs a download after a restart, so a disk error is only logged.</remarks>
internal sealed partial class AddressIndex(RecordFolder notes, IOptionsMonitor<ContentOptions> options, TimeProvider time, ILogger<ContentStore> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Sha256Digest, AddressEntry> _entries = [];
    private readonly ILogger _logger = logger;

    /// <summary>Reads the records of an earlier run.</summary>
    /// <param name="present">Tells whether content is present; addresses of other content are forgotten.</param>
    /// <param name="onUnexpected">Receives each path that is not a record.</param>
    public void Open(Func<Sha256Digest, bool> present, Action<string> onUnexpected)
    {
        lock (_lock)
        {
            _entries.Clear();
            foreach (var entry in notes.Load(AddressEntry.Read, onUnexpected))
            {
                _entries.Add(entry.Key, entry);
            }

            foreach (var gone in _entries.Values.Where(e => !present(e.Digest)).ToList())
            {
                Remove(gone.Key);
            }

            Bound();
        }
    }

    public AddressEntry? Find(Sha256Digest key)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(key);
        }
    }

    /// <summary>Tells whether an entry may be used without asking the source again.</summary>
    public bool IsFresh(AddressEntry entry) => time.GetUtcNow() - entry.Found < options.CurrentValue.AddressLifetime;

    /// <summary>Records the content that an address holds now.</summary>
    public void Learn(Sha256Digest key, Sha256Digest digest, long size, string tag, string? validator)
    {
        var entry = new AddressEntry(key, digest, size, tag, validator, time.GetUtcNow());
        lock (_lock)
        {
            _entries[key] = entry;
            Bound();
            try
            {
                notes.Write(key, entry.ToLines());
            }
            catch (Exception e) when (DiskErrors.IsDiskError(e))
            {
                LogNotNoted(digest, e.Message);
            }
        }
    }

    /// <summary>Forgets an address that holds nothing anymore.</summary>
    public void Forget(Sha256Digest key)
    {
        lock (_lock)
        {
            Remove(key);
        }
    }

    private void Bound()
    {
        while (_entries.Count > options.CurrentValue.MaxAddresses)
        {
            Remove(_entries.Values.MinBy(e => e.Found)!.Key);
        }
    }

    private void Remove(Sha256Digest key)
    {
        if (!_entries.Remove(key, out var entry))
        {
            return;
        }

        try
        {
            notes.Delete(key);
        }
        catch (Exception e) when (DiskErrors.IsDiskError(e))
        {
            LogNoteStays(entry.Digest, e.Message);
        }
    }

    [LoggerMessage(3032, LogLevel.Warning, "Address index cannot record an address; it is requested again after a restart. Digest={Digest} Reason={Reason}")]
    private partial void LogNotNoted(Sha256Digest digest, string reason);

    [LoggerMessage(3033, LogLevel.Warning, "Address index cannot delete a record. Digest={Digest} Reason={Reason}")]
    private partial void LogNoteStays(Sha256Digest digest, string reason);
}

/// <summary>The content of an address when it was last requested.</summary>
/// <param name="Key">Key of the address, see <see cref="AddressKey"/>.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Tag">The entity tag that readers see, see <see cref="IContentReader.Tag"/>.</param>
/// <param name="Validator">See <see cref="OpenedContent.Validator"/>.</param>
/// <param name="Found">When it was requested.</param>
internal sealed record AddressEntry(Sha256Digest Key, Sha256Digest Digest, long Size, string Tag, string? Validator, DateTimeOffset Found)
{
    private const string Magic = "edgegateway-address 1";

    public string[] ToLines() =>
    [
        Magic,
        $"digest {Digest}",
        string.Create(CultureInfo.InvariantCulture, $"size {Size}"),
        $"tag {Tag}",
        string.Create(CultureInfo.InvariantCulture, $"found {Found.ToUnixTimeMilliseconds()}"),
        $"validator {Validator}",
    ];

    /// <summary>Reads the lines of <see cref="ToLines"/>; null for any other lines.</summary>
    public static AddressEntry? Read(Sha256Digest key, string[] lines)
    {
        string[] names = ["digest ", "size ", "tag ", "found ", "validator "];
        if (lines.Length != names.Length + 1 || lines[0] != Magic || names.Where((n, i) => !lines[i + 1].StartsWith(n, StringComparison.Ordinal)).Any())
        {
            return null;
        }

        var values = names.Select((n, i) => lines[i + 1][n.Length..]).ToArray();
        return Sha256Digest.TryParseHex(values[0], out var digest)
            && long.TryParse(values[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            && values[2].Length > 0 && values[2].All(char.IsAsciiHexDigitLower)
            && long.TryParse(values[3], NumberStyles.None, CultureInfo.InvariantCulture, out var found)
            && found <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new AddressEntry(key, digest, size, values[2], values[4].Length > 0 ? values[4] : null, DateTimeOffset.FromUnixTimeMilliseconds(found))
            : null;
    }
}

/// <summary>
/// Makes the key of an address: a digest of the address without user and fragment, because its query may be secret and must not appear in
/// file names or logs.
/// </summary>
internal static class AddressKey
{
    public static Sha256Digest Of(Uri address) =>
        Sha256Digest.Of(Encoding.UTF8.GetBytes("address " + address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)));

    /// <summary>Makes a strong entity tag for the content of an address from <paramref name="validator"/>; a random one where there is no validator.</summary>
    public static string Tag(Sha256Digest key, string? validator, long size) => validator is null
        ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key} {size} {validator}")).AsSpan(0, 16));
}
