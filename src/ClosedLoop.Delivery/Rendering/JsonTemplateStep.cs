using System.Text.Json;
using ClosedLoop.Liquid;

namespace ClosedLoop.Delivery.Rendering;

/// <summary>One piece of a <see cref="JsonTemplate"/>: a token of the document, or a string that is written by a template.</summary>
/// <param name="Token">What is written.</param>
/// <param name="Text">Name of a property, or a value as it stands in the document.</param>
/// <param name="Template">Writes the string; null for all that is always the same.</param>
internal sealed record JsonTemplateStep(JsonTokenType Token, string? Text = null, LiquidTemplate? Template = null);
