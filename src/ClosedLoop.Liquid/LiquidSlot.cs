namespace ClosedLoop.Liquid;

/// <summary>One column of the recipient list as templates see it.</summary>
/// <param name="Path">Variable path, for example <c>firstname</c> or <c>recipient.firstname</c>.</param>
/// <param name="Index">Number handed to <see cref="LiquidRow"/>; several paths may share one.</param>
/// <param name="Type">How the text takes part in comparisons and arithmetic.</param>
/// <param name="IsHtml">
/// The text is markup its origin answers for. Written without filters it is not escaped in the text of an HTML part (<see cref="LiquidAutoEscape.HtmlContext"/>); everywhere else it
/// loses its tags and counts as the text it stands for.
/// </param>
public sealed record LiquidSlot(string Path, int Index, LiquidSlotType Type = LiquidSlotType.String, bool IsHtml = false);
