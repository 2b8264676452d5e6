namespace ClosedLoop.Liquid;

/// <summary>One column of the recipient list as templates see it.</summary>
/// <param name="Path">Variable path, for example <c>firstname</c> or <c>recipient.firstname</c>.</param>
/// <param name="Index">Number handed to <see cref="LiquidRow"/>; several paths may share one.</param>
/// <param name="Type">How the text takes part in comparisons and arithmetic.</param>
public sealed record LiquidSlot(string Path, int Index, LiquidSlotType Type = LiquidSlotType.String);
