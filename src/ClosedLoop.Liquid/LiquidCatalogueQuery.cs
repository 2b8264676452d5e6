using System.Runtime.InteropServices;

namespace ClosedLoop.Liquid;

/// <summary>One look into a catalogue.</summary>
/// <param name="Ids">Ids with commas between them; may be empty.</param>
/// <param name="Number">Which one, from 1: of the ids, or of the recommendations of the first id.</param>
/// <param name="Column">Column of the product.</param>
/// <param name="IsRecommendation">A recommendation is asked for and not the product itself.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LiquidCatalogueQuery(string Ids, int Number, string Column, bool IsRecommendation);
