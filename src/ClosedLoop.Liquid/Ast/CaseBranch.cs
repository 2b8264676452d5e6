using ClosedLoop.Liquid.Expressions;

namespace ClosedLoop.Liquid.Ast;

/// <summary>One value of a <c>when</c> with its body; no value stands for <c>else</c>.</summary>
internal readonly record struct CaseBranch(Expression? Value, Node Body);
