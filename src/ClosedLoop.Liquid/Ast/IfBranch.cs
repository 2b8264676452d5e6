using ClosedLoop.Liquid.Conditions;

namespace ClosedLoop.Liquid.Ast;

/// <summary>A condition and what it guards.</summary>
internal readonly record struct IfBranch(Condition Condition, Node Body);
