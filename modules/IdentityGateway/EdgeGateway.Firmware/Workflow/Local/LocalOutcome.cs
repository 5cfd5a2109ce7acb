namespace EdgeGateway.Firmware.Workflow.Local;

/// <summary>How an order given at the gateway itself was taken.</summary>
public enum LocalOutcome
{
    /// <summary>It is carried out; the status tells how it goes on.</summary>
    Accepted,

    /// <summary>There is nothing to carry it out on.</summary>
    NothingToDo,

    /// <summary>Not in the state that things are in.</summary>
    WrongState,

    /// <summary>The gateway itself could not: its disk, for one.</summary>
    Failed,
}
