using System.ComponentModel.DataAnnotations;

namespace EdgeGateway.Content;

/// <summary>Configures the content store and its downloads. Settings section <c>Content</c>.</summary>
public sealed class ContentOptions
{
    /// <summary>Folder of the store. Its subfolders <c>sha256</c> and <c>partial</c> belong to the store alone.</summary>
    /// <value>Read once at start; default <c>content</c>. The module resolves a relative folder from its data folder.</value>
    [Required]
    public string Folder { get; set; } = "content";

    /// <summary>Maximum size of the store in bytes, partial downloads included. The least recently used content is evicted first.</summary>
    /// <value>64 KiB to 8 EiB; default 1 GiB.</value>
    [Range(64L * 1024, long.MaxValue)]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>Bytes that downloads leave free on the disk for other programs.</summary>
    /// <value>0 to 8 EiB; default 64 MiB.</value>
    [Range(0L, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 64L << 20;

    /// <summary>Maximum bytes that prefetch may retain; never more than half of <see cref="MaxBytes"/>.</summary>
    /// <value>0 to 8 EiB, 0 disables retention; default 256 MiB.</value>
    [Range(0L, long.MaxValue)]
    public long MaxHeldBytes { get; set; } = 256L << 20;

    /// <summary>How long the content found at an address is used without asking its source again. Update services never change what an
    /// address holds.</summary>
    /// <value>0 to 365 days; default 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan AddressLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Maximum number of remembered addresses. The oldest ones are forgotten first.</summary>
    /// <value>1 to 100000; default 1000.</value>
    [Range(1, 100_000)]
    public int MaxAddresses { get; set; } = 1000;

    /// <summary>Rate, in bytes per second, at which all content is read and verified in the background after a start.</summary>
    /// <value>0 to 1 GiB/s, 0 disables it; default 8 MiB/s.</value>
    [Range(0, 1 << 30)]
    public int ScrubBytesPerSecond { get; set; } = 8 << 20;

    /// <summary>Minimum rate of a source, in bytes per second. A source that is slower for <see cref="SlowGrace"/> fails as too slow.</summary>
    /// <value>0 to 1 GiB/s, 0 fails only a source that sends nothing; default 256.</value>
    [Range(0, 1 << 30)]
    public int MinBytesPerSecond { get; set; } = 256;

    /// <summary>Period over which <see cref="MinBytesPerSecond"/> is measured repeatedly.</summary>
    /// <value>1 s to 1 h; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SlowGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the first bytes of a response, with connecting and redirects.</summary>
    /// <value>1 s to 10 min; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Retries of a download that was interrupted without progress.</summary>
    /// <value>0 to 100; default 4.</value>
    [Range(0, 100)]
    public int Retries { get; set; } = 4;

    /// <summary>Upper bound of the first random wait before a retry; it doubles with each retry (full jitter).</summary>
    /// <value>0 to 1 min; default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryBase { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest upper bound of the wait before a retry.</summary>
    /// <value>0 to 1 h; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Allows downloads from the origin, the address that the update names. False for gateways that must not use the internet.</summary>
    /// <value>Default true.</value>
    public bool OriginAllowed { get; set; } = true;

    /// <summary>
    /// How long a source is banned that sends wrong bytes, sends too slowly, or refuses this gateway, while another source is available. Sources
    /// that cannot be reached are banned for 1 s to 30 s.
    /// </summary>
    /// <value>1 s to 1 day; default 15 min, as Delivery Optimization does.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BanTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>HTTP proxy for downloads.</summary>
    /// <value>Read once at start; default: the environment variables <c>http_proxy</c>, <c>https_proxy</c> and <c>no_proxy</c>.</value>
    public Uri? ProxyUrl { get; set; }

    /// <summary>Hosts from which content may be downloaded: a name, or <c>*.name</c> for every host below it.</summary>
    /// <value>Default: empty, every host; the digest decides which bytes are accepted.</value>
    public IList<string> AllowedOrigins { get; } = [];
}
