using System.Text.Json;
using EdgeGateway.Firmware.Workflow.Journal;

namespace EdgeGateway.Firmware.Tests.Workflow.Support;

/// <summary>A journal that survives the workflow, but not the test. It keeps JSON, as the file does.</summary>
internal sealed class MemoryJournal : IUpdateJournal
{
    private string? _json;

    public int Saves { get; private set; }

    /// <summary>Called with the number of a save, from 1, before it is kept; may throw.</summary>
    public Action<int, JournalState> BeforeSave { get; set; } = (_, _) => { };

    /// <summary>Called after it is kept; may throw.</summary>
    public Action<int, JournalState> AfterSave { get; set; } = (_, _) => { };

    public JournalState Load() =>
        _json is null ? new JournalState() : JsonSerializer.Deserialize<JournalState>(_json, JournalJson.Options)!;

    public void Save(JournalState state)
    {
        Saves++;
        BeforeSave(Saves, state);
        _json = JsonSerializer.Serialize(state, JournalJson.Options);
        AfterSave(Saves, state);
    }

    /// <summary>Forgets everything, as a broken file does.</summary>
    public void Lose() => _json = null;
}
