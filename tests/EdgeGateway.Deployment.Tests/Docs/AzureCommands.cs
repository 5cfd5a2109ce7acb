namespace EdgeGateway.Deployment.Tests.Docs;

/// <summary>The commands and options of the Azure CLI that docs/deploy.md uses, from the reference of the CLI and its extension azure-iot.</summary>
internal static class AzureCommands
{
    public static readonly IReadOnlyList<string> Known =
    [
        "login", "group create", "acr create", "acr import", "acr login", "acr token create", "ad signed-in-user show", "role assignment create",
        "storage account create", "storage container create",
        "iot hub create", "iot hub show", "iot hub query",
        "iot hub device-identity create", "iot hub device-identity show", "iot hub device-identity connection-string show",
        "iot hub device-identity parent set", "iot hub device-twin update", "iot hub module-identity list", "iot hub module-identity show", "iot hub module-twin show",
        "iot edge set-modules", "iot edge deployment create",
        "iot du account create", "iot du account show", "iot du instance create", "iot du update init v5", "iot du update stage",
        "iot du device import", "iot du device group list", "iot du device deployment create", "iot du device deployment show",
    ];

    public static readonly IReadOnlyList<string> Options =
    [
        "--name", "--location", "--resource-group", "--sku", "--query", "--output", "--registry", "--repository", "--source", "--image",
        "--role", "--assignee", "--scope", "--account-name", "--tags", "--partition-count",
        "--hub-name", "--device-id", "--edge-enabled", "--auth-method", "--primary-key", "--secondary-key", "--parent-device-id",
        "--module-id", "--query-command", "--content", "--deployment-id", "--layered", "--priority", "--target-condition",
        "--account", "--instance", "--iothub-ids", "--update-provider", "--update-name", "--update-version", "--description", "--compat",
        "--step", "--file", "--storage-account", "--storage-container", "--manifest-path", "--friendly-name", "--then-import",
        "--import-type", "--group-id", "--status",
    ];
}
