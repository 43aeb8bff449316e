/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
export function machineArn(region: string, accountId: string, name: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
}

export function executionArn(ofMachine: string, name: string): string {
  return `${ofMachine.replace(':stateMachine:', ':execution:')}:${name}`;
}

export function machineNameOf(arn: string): string {
  return arn.split(':')[6] ?? '';
}
