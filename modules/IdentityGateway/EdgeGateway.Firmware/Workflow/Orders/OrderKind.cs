namespace EdgeGateway.Firmware.Workflow.Orders;

/// <summary>What a twin means for the update under way.</summary>
internal enum OrderKind
{
    /// <summary>Nothing new.</summary>
    Ignore,

    /// <summary>Known and finished; nothing is done, and nothing is said unless the report got lost.</summary>
    Duplicate,

    /// <summary>A deployment to begin; what is under way, if anything, is ended first.</summary>
    Start,

    /// <summary>What is under way is to stop.</summary>
    Cancel,

    /// <summary>There is something, but not even its id and action can be told.</summary>
    Reject,
}
