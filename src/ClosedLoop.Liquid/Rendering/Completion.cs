namespace ClosedLoop.Liquid.Rendering;

/// <summary>How a node ended: normally, or by a <c>break</c> or <c>continue</c> looking for its loop.</summary>
internal enum Completion : byte
{
    Normal,
    Break,
    Continue,
}
