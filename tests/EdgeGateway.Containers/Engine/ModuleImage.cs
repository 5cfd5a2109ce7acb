namespace EdgeGateway.Containers.Engine;

/// <summary>An image of this repository.</summary>
/// <param name="Name">Its name without registry and tag.</param>
/// <param name="Folder">Folder of its Dockerfiles, from the top.</param>
public sealed record ModuleImage(string Name, string Folder)
{
    public static readonly ModuleImage Gateway = new("identity-gateway", "modules/IdentityGateway");
    public static readonly ModuleImage Hub = new("iothub-simulator", "simulators/IotHub");
    public static readonly ModuleImage Origin = new("origin-simulator", "simulators/Origin");
    public static readonly ModuleImage Mcu = new("mcu-simulator", "simulators/Mcu");
    public static readonly ModuleImage SetUp = new("site-setup", "simulators/Demo");

    public static IReadOnlyList<ModuleImage> All { get; } = [Gateway, Hub, Origin, Mcu, SetUp];

    public override string ToString() => Name;
}
