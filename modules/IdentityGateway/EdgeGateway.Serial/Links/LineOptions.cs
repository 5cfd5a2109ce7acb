using System.ComponentModel.DataAnnotations;

namespace EdgeGateway.Serial.Links;

/// <summary>Settings of one line: where it is and how its bytes are clocked. Bytes always have eight data bits, for frames are binary.</summary>
public class LineOptions : IValidatableObject
{
    /// <summary>Lowest baud rate that can be set.</summary>
    public const int MinBaudRate = 50;

    /// <summary>Highest baud rate that can be set; what the hardware takes may be less.</summary>
    public const int MaxBaudRate = 4_000_000;

    /// <summary>Baud rate of a serial port where none is set.</summary>
    public const int DefaultBaudRate = 115_200;

    /// <summary>The line: an absolute path, a name in <c>/dev/serial/by-id</c>, or <c>tcp://host:port</c> of a raw serial server (ser2net).</summary>
    /// <value>Required. A name in by-id survives a replug, <c>/dev/ttyUSB0</c> does not.</value>
    [Required]
    public string Port { get; set; } = "";

    /// <summary>Bits per second on the wire; any rate, not only the usual ones. For <c>tcp://</c> the rate behind the server, if known.</summary>
    /// <value>50 to 4000000; default 115200 for a serial port, unknown for <c>tcp://</c>.</value>
    [Range(MinBaudRate, MaxBaudRate)]
    public int? BaudRate { get; set; }

    /// <summary>Parity bit of each byte.</summary>
    /// <value>None, Even or Odd; default None.</value>
    [EnumDataType(typeof(Parity))]
    public Parity Parity { get; set; } = Parity.None;

    /// <summary>Stop bits after each byte.</summary>
    /// <value>One or Two; default One.</value>
    [EnumDataType(typeof(StopBits))]
    public StopBits StopBits { get; set; } = StopBits.One;

    /// <summary>The line is a two-wire bus (RS-485): one speaks at a time, and the driver of the port, if it can, switches the direction.</summary>
    /// <value>Default false.</value>
    public bool HalfDuplex { get; set; }

    /// <summary>Asks the port's driver to hand over bytes at once (FTDI: 1 ms instead of 16 ms), at the price of more interrupts.</summary>
    /// <value>Default true.</value>
    public bool LowLatency { get; set; } = true;

    /// <summary>Longest wait for a <c>tcp://</c> line to connect.</summary>
    /// <value>100 ms to 5 min; default 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bits of one byte on the wire: start bit, eight data bits, parity bit and stop bits.</summary>
    public int BitsPerByte => 1 + 8 + (Parity == Parity.None ? 0 : 1) + (int)StopBits;

    /// <summary>Bytes per second the wire carries each way; null where the rate is not known.</summary>
    public double? BytesPerSecond =>
        (BaudRate ?? (LineAddress.IsTcp(Port) ? null : DefaultBaudRate)) / (double)BitsPerByte;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!LineAddress.TryParse(Port, out _, out var error))
        {
            yield return new ValidationResult(error, [nameof(Port)]);
        }
    }
}

/// <summary>The parity bit of each byte on a line.</summary>
public enum Parity
{
    /// <summary>No parity bit.</summary>
    None,

    /// <summary>An even number of ones, the parity bit counted.</summary>
    Even,

    /// <summary>An odd number of ones, the parity bit counted.</summary>
    Odd,
}

/// <summary>Stop bits after each byte on a line.</summary>
public enum StopBits
{
    One = 1,
    Two = 2,
}
