namespace EdgeGateway.Firmware.DeviceUpdate;

/// <summary>Ids that tell the Device Update service what a device implements (contract 1.1).</summary>
public static class ModelIds
{
    /// <summary>To announce when connecting: deviceUpdate, deviceInformation and diagnosticInformation.</summary>
    public const string DeviceUpdateModel = "dtmi:azure:iot:deviceUpdateModel;3";

    /// <summary>To report as <c>contractModelId</c>: result codes as a string, manifests of version 5.</summary>
    public const string ContractModel = "dtmi:azure:iot:deviceUpdateContractModel;3";

    /// <summary>Reported as <c>aduVer</c>: the agent whose contract is followed.</summary>
    public const string AgentVersion = "DU;agent/1.1.0";
}
