using System.ComponentModel.DataAnnotations;

namespace EdgeGateway.Content;

/// <summary>Where downloaded content is kept, how much of it, and how patient a download is. Settings section <c>Content</c>.</summary>
public sealed class ContentOptions
{
    /// <summary>Folder of the store; its sub-folders <c>sha256</c> and <c>partial</c> belong to the store alone.</summary>
    /// <value>Read once at start; default <c>content</c>. The module takes a relative folder from its data folder.</value>
    [Required]
    public string Folder { get; set; } = "content";

    /// <summary>Bound of the store in bytes, unfinished downloads included; the least recently used content makes room.</summary>
    /// <value>64 KiB to 8 EiB; default 1 GiB.</value>
    [Range(64L * 1024, long.MaxValue)]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>Bytes of the disk that downloads leave free for everybody else.</summary>
    /// <value>0 to 8 EiB; default 64 MiB.</value>
    [Range(0L, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 64L << 20;

    /// <summary>Bound of what prefetch may hold, in bytes; never more than half of <see cref="MaxBytes"/>.</summary>
    /// <value>0 to 8 EiB, 0 refuses all holds; default 256 MiB.</value>
    [Range(0L, long.MaxValue)]
    public long MaxHeldBytes { get; set; } = 256L << 20;

    /// <summary>How long what an address was found to hold is taken for true; then its source is asked again. Update services never change what
    /// an address holds.</summary>
    /// <value>0 to 365 days; default 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan AddressLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Addresses whose content is remembered; those found longest ago are forgotten first.</summary>
    /// <value>1 to 100000; default 1000.</value>
    [Range(1, 100_000)]
    public int MaxAddresses { get; set; } = 1000;

    /// <summary>Rate at which all content is read and checked again after a start, in the background.</summary>
    /// <value>0 to 1 GiB/s, in bytes a second, 0 for never; default 8 MiB/s.</value>
    [Range(0, 1 << 30)]
    public int ScrubBytesPerSecond { get; set; } = 8 << 20;

    /// <summary>A source slower than this for <see cref="SlowGrace"/> is given up as too slow.</summary>
    /// <value>0 to 1 GiB/s, in bytes a second, 0 only refuses standstill; default 256.</value>
    [Range(0, 1 << 30)]
    public int MinBytesPerSecond { get; set; } = 256;

    /// <summary>Time over which <see cref="MinBytesPerSecond"/> is measured, again and again.</summary>
    /// <value>1 s to 1 h; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SlowGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the first bytes of an answer, connecting and redirects included.</summary>
    /// <value>1 s to 10 min; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Times a download is taken up again after it broke off without getting further.</summary>
    /// <value>0 to 100; default 4.</value>
    [Range(0, 100)]
    public int Retries { get; set; } = 4;

    /// <summary>Upper bound of the first random wait before a retry; doubled each time (full jitter).</summary>
    /// <value>0 to 1 min; default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RetryBase { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Largest upper bound of the wait before a retry.</summary>
    /// <value>0 to 1 h; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The origin, an address that the update names, may be asked. False for gateways that must never try the internet.</summary>
    /// <value>Default true.</value>
    public bool OriginAllowed { get; set; } = true;

    /// <summary>
    /// How long a source is avoided that sends wrong bytes or too few, or refuses this gateway, as long as there is another one. Sources that
    /// cannot be reached are avoided for 1 s to 30 s.
    /// </summary>
    /// <value>1 s to 1 day; default 15 min, as Delivery Optimization does.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BanTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>HTTP proxy for downloads.</summary>
    /// <value>Read once at start; default: what <c>http_proxy</c>, <c>https_proxy</c> and <c>no_proxy</c> say.</value>
    public Uri? ProxyUrl { get; set; }

    /// <summary>Hosts that content may be downloaded from: a name, or <c>*.name</c> for every host below it.</summary>
    /// <value>Default: empty, every host; the digest decides what is accepted.</value>
    public IList<string> AllowedOrigins { get; } = [];
}
