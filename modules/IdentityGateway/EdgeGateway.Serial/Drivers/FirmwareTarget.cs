namespace EdgeGateway.Serial.Drivers;

/// <summary>Which microcontrollers an image is for, and what it will be called once it runs.</summary>
/// <param name="Vendor">Vendor of the microcontroller, as in its facts.</param>
/// <param name="Model">Class of the microcontroller, as in its facts.</param>
/// <param name="Version">Version of the image.</param>
public sealed record FirmwareTarget(string Vendor, string Model, string Version);
