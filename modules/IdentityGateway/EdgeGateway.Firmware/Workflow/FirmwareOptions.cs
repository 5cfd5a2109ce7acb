using System.ComponentModel.DataAnnotations;

namespace EdgeGateway.Firmware.Workflow;

/// <summary>How updates are carried out. Settings section <c>Firmware</c>.</summary>
public sealed class FirmwareOptions
{
    /// <summary>Runs updates whose signature could not be checked. For development; each start says so in the log.</summary>
    /// <value>Default false.</value>
    public bool AllowUnsigned { get; set; }

    /// <summary>Attempts at one deployment before it fails. Waiting for an absent line or microcontroller is no attempt.</summary>
    /// <value>1 to 100; default 5.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Further attempts after the microcontroller went back to its old image.</summary>
    /// <value>0 to 3; default 1.</value>
    [Range(0, 3)]
    public int RollBackRetries { get; set; } = 1;

    /// <summary>First upper bound of the random wait between attempts; doubled at each failure (full jitter).</summary>
    /// <value>10 ms to 10 min; default 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RetryBase { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Largest upper bound of the random wait between attempts.</summary>
    /// <value>10 ms to 1 day; default 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RetryMax { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// First upper bound of the random wait before an absent line or microcontroller is tried again; doubled up to
    /// <see cref="PingInterval"/>.
    /// </summary>
    /// <value>10 ms to 1 min; default 1 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReattachBase { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a new image has to be confirmed before the microcontroller goes back by itself.</summary>
    /// <value>10 s to 18 h; default 5 min.</value>
    [Range(typeof(TimeSpan), "00:00:10", "18:00:00")]
    public TimeSpan TrialTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time granted beyond the microcontroller's own boot time until it must answer after activation.</summary>
    /// <value>1 s to 10 min; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BootMargin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often an idle microcontroller is asked for a sign of life.</summary>
    /// <value>1 s to 1 day; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest image that is accepted, in bytes, for any slot size.</summary>
    /// <value>1 KiB to 2 GiB; default 64 MiB.</value>
    [Range(1024, 2L * 1024 * 1024 * 1024)]
    public long MaxImageSize { get; set; } = 64L * 1024 * 1024;

    /// <summary>Folder of the journals, one file a microcontroller; must survive restarts.</summary>
    /// <value>Default <c>journal</c>. The module takes a relative folder from its data folder.</value>
    [Required]
    [MinLength(1)]
    public string JournalFolder { get; set; } = "journal";
}
