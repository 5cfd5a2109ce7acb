using System.Text;

namespace EdgeGateway.Simulators.Mcu.Node;

/// <summary>Another protocol altogether: a command line that echoes what it hears and understands none of it.</summary>
internal sealed class AsciiShell
{
    private bool _greeted;

    public byte[] Answer(ReadOnlySpan<byte> heard)
    {
        var text = new StringBuilder();
        if (!_greeted)
        {
            _greeted = true;
            text.Append("\r\nshell ready\r\n> ");
        }

        foreach (var value in heard)
        {
            text.Append(value switch
            {
                (byte)'\r' or (byte)'\n' or 0 => "\r\nunknown command\r\n> ",
                >= 0x20 and < 0x7F => ((char)value).ToString(),
                _ => ".",
            });
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
