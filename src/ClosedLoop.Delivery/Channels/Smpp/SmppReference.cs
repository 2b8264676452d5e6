using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>
/// What stands in user_message_reference (SMPP 3.4 section 5.3.2.17), which a receipt repeats. It has 16 bits: four for the part, four for how many there are, eight that tell
/// messages to one phone apart.
/// </summary>
/// <param name="Part">From 1 on.</param>
/// <param name="Parts">At most <see cref="MostParts"/>.</param>
/// <param name="Mark">As <see cref="Data.Channels.MessageReferences.MarkOf"/> says.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmppReference(int Part, int Parts, byte Mark)
{
    /// <summary>Messages of more parts carry no reference.</summary>
    public const int MostParts = 15;

    /// <summary>Null for a reference of somebody else, as messages have that were sent by another program.</summary>
    public static SmppReference? Read(ReadOnlySpan<byte> value)
    {
        if (value.Length != 2) return null;
        var bits = BinaryPrimitives.ReadUInt16BigEndian(value);
        var read = new SmppReference(bits >> 12, (bits >> 8) & 0xF, (byte)bits);
        return read.Part >= 1 && read.Part <= read.Parts ? read : null;
    }

    public byte[] Value() => [(byte)((Part << 4) | Parts), Mark];
}
