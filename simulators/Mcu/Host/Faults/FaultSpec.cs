using System.Globalization;
using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Simulators.Mcu.Host.Faults;

/// <summary>One fault as it is written on the command line: <c>name[:offset][@mcu-id]</c>, for all microcontrollers if no id is given.</summary>
public sealed record FaultSpec(FaultKind Kind, int Offset = 0, string? McuId = null)
{
    /// <summary>All names, for help texts.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetNames<FaultKind>().Select(ToKebabCase)];

    /// <exception cref="FormatException">No such fault, or the offset is no number.</exception>
    public static FaultSpec Parse(string text)
    {
        var (front, id) = Split(text, '@');
        var (name, number) = Split(front, ':');
        var index = Names.ToList().IndexOf(name);
        if (index < 0)
        {
            throw new FormatException($"'{name}' is no fault; one of {string.Join(", ", Names)} is expected.");
        }

        if (!int.TryParse(number ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            throw new FormatException($"The offset '{number}' of fault '{name}' is no number.");
        }

        return new FaultSpec((FaultKind)index, offset, id);
    }

    /// <summary>True where the fault is meant for this microcontroller.</summary>
    public bool IsFor(string mcuId) => McuId is null || McuId == mcuId;

    /// <summary>Gives a microcontroller the fault. Duplicates are no fault of one alone: the fleet makes them.</summary>
    public void Apply(McuFaults faults)
    {
        switch (Kind)
        {
            case FaultKind.Silent:
                faults.Silent = true;
                break;
            case FaultKind.Garbage:
                faults.Garbage = true;
                break;
            case FaultKind.Shell:
                faults.Shell = true;
                break;
            case FaultKind.DeadImage:
                faults.DeadImage = true;
                break;
            case FaultKind.BitRot:
                faults.BitRot = true;
                break;
            case FaultKind.RefuseVersion:
                faults.RefusesVersion = true;
                break;
            case FaultKind.RefuseSignature:
                faults.RefusesSignature = true;
                break;
            case FaultKind.ProgramFails:
                faults.ProgramFailsAt = Offset;
                break;
            case FaultKind.EraseFails:
                faults.EraseFailsAt = Offset;
                break;
            case FaultKind.Cut:
                faults.CutAtOffset = Offset;
                break;
            case FaultKind.DuplicateSerial or FaultKind.DuplicateAddress:
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to apply {Kind}.");
        }
    }

    private static (string Front, string? Back) Split(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    private static string ToKebabCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
