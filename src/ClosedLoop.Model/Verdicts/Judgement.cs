using System.Runtime.InteropServices;

namespace ClosedLoop.Model.Verdicts;

/// <summary>What the rules say of an event.</summary>
/// <param name="Verdict">Who was behind it.</param>
/// <param name="Score">0 a person for certain, 100 a machine for certain; from <see cref="VerdictRules.Threshold"/> on a machine.</param>
/// <param name="Signs">What it rests on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Judgement(EventVerdict Verdict, int Score, EventSigns Signs);
