namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>One protocol data unit (SMPP 3.4 section 3.2).</summary>
internal sealed record SmppPdu(uint Command, uint Status, uint Sequence, byte[] Body)
{
    public const int HeaderLength = 16;

    /// <summary>Longest unit that is read: a message_payload of 64 KiB and what stands around it.</summary>
    public const int MaxLength = 70_000;

    public bool IsResponse => (Command & SmppCommand.Response) != 0;
}
