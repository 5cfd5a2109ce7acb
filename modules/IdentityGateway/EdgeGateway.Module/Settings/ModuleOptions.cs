using System.ComponentModel.DataAnnotations;

namespace EdgeGateway.Module.Settings;

/// <summary>Behavior of the module as a whole. Settings section <c>Module</c>.</summary>
public sealed class ModuleOptions
{
    /// <summary>
    /// Folder of everything that must outlive a restart: journals of updates, content, last good settings of the module twin.
    /// </summary>
    /// <value>Default <c>/data</c>, to be bound to a folder of the host or to a volume.</value>
    [Required]
    public string DataFolder { get; set; } = "/data";

    /// <summary>What is logged.</summary>
    /// <value>Fatal, Error, Warning, Info, Debug or Verbose; default: environment variable <c>RuntimeLogLevel</c>, else Info.</value>
    [EnumDataType(typeof(RuntimeLogLevel))]
    public RuntimeLogLevel? LogLevel { get; set; }

    /// <summary>New updates wait; what is under way goes on, and cancellations are heard.</summary>
    /// <value>Default false.</value>
    public bool Paused { get; set; }

    /// <summary>First wait before a microcontroller's work that crashed is started again; doubled at each crash, up to 5 min.</summary>
    /// <value>100 ms to 5 min; default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan CrashRestartDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest stop after SIGTERM. Docker kills the process after 10 s by default.</summary>
    /// <value>1 s to 1 min; default 8 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(8);
}
