namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>Tags of optional parameters (SMPP 3.4 section 5.3.2).</summary>
internal static class SmppTag
{
    public const ushort ReceiptedMessageId = 0x001E;
    public const ushort UserMessageReference = 0x0204;
    public const ushort SarReference = 0x020C;
    public const ushort SarTotal = 0x020E;
    public const ushort SarNumber = 0x020F;
    public const ushort MessagePayload = 0x0424;
    public const ushort MessageState = 0x0427;
}
