namespace EdgeGateway.Serial.Links;

/// <summary>Makes the link a line's settings ask for; tests put their own in its place.</summary>
public interface ISerialLinkFactory
{
    /// <summary>Makes a closed link; nothing is opened or looked up yet.</summary>
    /// <exception cref="LinkException">The settings are wrong (<see cref="LinkFailure.BadSettings"/>).</exception>
    ISerialLink Create(LineOptions options);
}
