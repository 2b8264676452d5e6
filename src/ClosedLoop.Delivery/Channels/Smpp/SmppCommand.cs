namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>Command ids (SMPP 3.4 section 5.1.2.1). The highest bit tells an answer.</summary>
internal static class SmppCommand
{
    public const uint Response = 0x80000000;
    public const uint GenericNack = 0x80000000;
    public const uint BindTransmitter = 0x00000002;
    public const uint SubmitSm = 0x00000004;
    public const uint DeliverSm = 0x00000005;
    public const uint Unbind = 0x00000006;
    public const uint BindTransceiver = 0x00000009;
    public const uint EnquireLink = 0x00000015;
}
